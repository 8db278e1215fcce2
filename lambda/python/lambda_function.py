"""A Lambda function in Python that runs a workflow for each GuardDuty finding.

Environment: HOST (with or without https:// and port) and API_KEY (of the workflow). Standard
library alone; see docs/lambda.md. What fails is raised, so that Lambda tries it again.
"""

import json
import os
import urllib.request

TIMEOUT_SECONDS = 290


def url():
    host = os.environ["HOST"].rstrip("/")
    return (host if "://" in host else "https://" + host) + "/v1/workflows/run"


def handler(event, context):
    if event.get("detail-type") != "GuardDuty Finding":
        return {"outcome": "ignored"}
    finding = event["detail"]
    body = {
        "inputs": {"finding": json.dumps(event)},
        "response_mode": "blocking",
        "user": "lambda",
    }
    request = urllib.request.Request(
        url(),
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["API_KEY"],
            "Content-Type": "application/json",
            # The same update again gives the same run instead of a second alert.
            "Idempotency-Key": f"{finding['id']}@{finding['updatedAt']}",
        },
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
        run = json.load(answer)["data"]
    if run["status"] != "succeeded":
        raise RuntimeError("the run ended as " + run["status"])
    return {"outcome": "delivered", "run": run["id"]}

"""A Lambda function in Python that runs a workflow for each GuardDuty finding.

Environment: HOST (with or without https:// and port) and API_KEY (of the workflow). Standard
library alone; see docs/lambda.md. What fails is raised, so that Lambda tries it again.
"""

import json
import os
import urllib.request

TIMEOUT_SECONDS = 290


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """urllib would take the key along to wherever it is sent."""

    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def post(path, body, headers):
    host = os.environ["HOST"].rstrip("/")
    request = urllib.request.Request(
        (host if "://" in host else "https://" + host) + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["API_KEY"],
            "Content-Type": "application/json",
            **headers,
        },
    )
    with OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
        return json.load(answer)


def handler(event, context):
    if event.get("detail-type") != "GuardDuty Finding":
        return {"outcome": "ignored"}
    finding = event["detail"]
    body = {
        "inputs": {"finding": json.dumps(event)},
        "response_mode": "blocking",
        "user": "lambda",
    }
    # The same update again gives the same run instead of a second alert.
    key = {"Idempotency-Key": f"{finding['id']}@{finding['updatedAt']}"}
    run = post("/v1/workflows/run", body, key)["data"]
    if run["status"] == "failed":
        # The same key would only bring the failed run back; handed over, an alert goes out.
        post("/v1/findings", event, {})
    return {"outcome": "delivered", "run": run["id"]}

-- What rules have kept from people is counted by the place of the app.
CREATE INDEX findings_by_app ON findings (app, received_at);

-- What commands did that worked on the database by themselves, until a service has it in its log.
CREATE TABLE IF NOT EXISTS audit_event (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    name VARCHAR(40) NOT NULL,
    details TEXT NOT NULL
);

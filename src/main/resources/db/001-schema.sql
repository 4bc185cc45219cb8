-- Repeatable statements only: H2 commits at each of them, so a start that was cut short runs the file again.
-- What both H2 and PostgreSQL accept. Scopes, grants and URIs are space-separated words, as on the wire.

-- Raised by every event that kills tokens for good; one sequence for all, so that no value ever comes twice.
CREATE SEQUENCE IF NOT EXISTS epoch;

CREATE TABLE IF NOT EXISTS client (
    id VARCHAR(255) PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    secret_hash VARCHAR(255),
    old_secret_hash VARCHAR(255),
    old_secret_until TIMESTAMP(3) WITH TIME ZONE,
    hash_work BIGINT NOT NULL,
    hash_scheme VARCHAR(100) DEFAULT '' NOT NULL,
    grants TEXT NOT NULL,
    scopes TEXT NOT NULL,
    scope_descriptions TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    is_public BOOLEAN NOT NULL,
    introspect BOOLEAN NOT NULL,
    enabled BOOLEAN NOT NULL,
    policy VARCHAR(255),
    policy_mode VARCHAR(10),
    access_ttl BIGINT,
    refresh_ttl BIGINT,
    require_pkce BOOLEAN NOT NULL,
    trusted BOOLEAN NOT NULL,
    compat_fos BOOLEAN DEFAULT FALSE NOT NULL,
    rate_limit VARCHAR(32),
    epoch BIGINT NOT NULL,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
-- The dearest stored hash is asked for at each failed authentication.
CREATE INDEX IF NOT EXISTS client_hash_work ON client (hash_work);
-- So is a hash of each scheme that another program brought; empty for bcrypt.
CREATE INDEX IF NOT EXISTS client_hash_scheme ON client (hash_scheme);

-- Where pages of public clients come from: the origins of their redirect URIs, which may call us from a browser (CORS).
CREATE TABLE IF NOT EXISTS client_origin (
    client_id VARCHAR(255) NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    PRIMARY KEY (client_id, origin)
);
CREATE INDEX IF NOT EXISTS client_origin_origin ON client_origin (origin);

-- Where apps get tokens of a confidential client without its secret.
CREATE TABLE IF NOT EXISTS door (
    name VARCHAR(64) PRIMARY KEY,
    id UUID NOT NULL UNIQUE, -- another door of the same name is not this one
    client_id VARCHAR(255) NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    grants TEXT NOT NULL,
    origins TEXT NOT NULL,
    rate_limit VARCHAR(32) NOT NULL,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS door_client ON door (client_id);

CREATE TABLE IF NOT EXISTS users (
    id UUID PRIMARY KEY,
    username TEXT NOT NULL,
    name_key BYTEA NOT NULL UNIQUE, -- SHA-256 of the name as it is compared: PostgreSQL indexes no long text
    password_hash VARCHAR(255) NOT NULL,
    hash_work BIGINT NOT NULL,
    hash_scheme VARCHAR(100) DEFAULT '' NOT NULL,
    enabled BOOLEAN NOT NULL,
    epoch BIGINT NOT NULL,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS users_hash_work ON users (hash_work);
CREATE INDEX IF NOT EXISTS users_hash_scheme ON users (hash_scheme);

CREATE TABLE IF NOT EXISTS link (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id VARCHAR(255) NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    scopes TEXT,
    ends_at TIMESTAMP(3) WITH TIME ZONE, -- in whole seconds, as the lifetimes of tokens
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, client_id)
);
CREATE INDEX IF NOT EXISTS link_client ON link (client_id);
CREATE INDEX IF NOT EXISTS link_end ON link (ends_at);

CREATE TABLE IF NOT EXISTS user_group (
    name VARCHAR(255) PRIMARY KEY,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE TABLE IF NOT EXISTS group_member (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    group_name VARCHAR(255) NOT NULL REFERENCES user_group (name) ON DELETE CASCADE,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, group_name)
);
CREATE INDEX IF NOT EXISTS group_member_group ON group_member (group_name, user_id);

-- Every member of the group is linked to the client.
CREATE TABLE IF NOT EXISTS group_link (
    group_name VARCHAR(255) NOT NULL REFERENCES user_group (name) ON DELETE CASCADE,
    client_id VARCHAR(255) NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    scopes TEXT,
    ends_at TIMESTAMP(3) WITH TIME ZONE,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (group_name, client_id)
);
CREATE INDEX IF NOT EXISTS group_link_client ON group_link (client_id);
CREATE INDEX IF NOT EXISTS group_link_end ON group_link (ends_at);

-- Held while links or groups change: whether a link is the last of a pair is sure only if nobody removes another.
CREATE TABLE IF NOT EXISTS link_lock (only_row INT PRIMARY KEY CHECK (only_row = 1));
INSERT INTO link_lock SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM link_lock);

-- Outlives the link and the client: what died with a link stays dead when the link comes back.
CREATE TABLE IF NOT EXISTS pair_epoch (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id VARCHAR(255) NOT NULL,
    epoch BIGINT NOT NULL,
    PRIMARY KEY (user_id, client_id)
);

-- All that came of one login: revoking is one UPDATE here, which no token in flight can escape.
CREATE TABLE IF NOT EXISTS family (
    id UUID PRIMARY KEY,
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    door_id UUID, -- that the login came through; null for none
    revoked_at TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS family_expiry ON family (expires_at);

-- No foreign keys: a token whose client or user is gone is dead by the join, and leaves with the purge.
CREATE TABLE IF NOT EXISTS token (
    id UUID PRIMARY KEY,
    refresh BOOLEAN NOT NULL,
    hash BYTEA NOT NULL,
    family_id UUID,
    grant_type VARCHAR(64) NOT NULL,
    client_id VARCHAR(255) NOT NULL,
    user_id UUID,
    scopes TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    issued_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    rotated_at TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS token_expiry ON token (expires_at);
CREATE INDEX IF NOT EXISTS token_user ON token (user_id, client_id);

-- Rotations that may still be retried; the nonce goes when the successor is used or the grace ends.
CREATE TABLE IF NOT EXISTS rotation (
    rotated_id UUID PRIMARY KEY,
    nonce BYTEA NOT NULL,
    access_id UUID NOT NULL,
    refresh_id UUID NOT NULL,
    scopes TEXT NOT NULL,
    grace_until TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS rotation_successor ON rotation (refresh_id);
CREATE INDEX IF NOT EXISTS rotation_grace ON rotation (grace_until);

-- A used code is kept for as long as what it was exchanged for, so that a second use can revoke that.
CREATE TABLE IF NOT EXISTS authorization_code (
    id UUID PRIMARY KEY,
    hash BYTEA NOT NULL,
    client_id VARCHAR(255) NOT NULL,
    user_id UUID NOT NULL,
    scopes TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    redirect_uri_sent BOOLEAN NOT NULL,
    challenge VARCHAR(43),
    family_id UUID NOT NULL,
    epoch BIGINT NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP(3) WITH TIME ZONE,
    kept_until TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS authorization_code_kept ON authorization_code (kept_until);

-- A device that waits for its user. The user code is as it is, since any hash of its 34 bits would be undone in minutes;
-- it opens nothing by itself, and only those who are logged in get to know whether there is one.
CREATE TABLE IF NOT EXISTS device_code (
    id UUID PRIMARY KEY,
    hash BYTEA NOT NULL,
    user_code VARCHAR(8) NOT NULL UNIQUE,
    client_id VARCHAR(255) NOT NULL,
    scopes TEXT,
    epoch BIGINT NOT NULL,
    poll_interval BIGINT NOT NULL,
    next_poll_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    user_id UUID,
    answer VARCHAR(20),
    used_at TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS device_code_expiry ON device_code (expires_at);

-- How many wrong user codes a user has tried, and all users together, whom the nil UUID stands for.
CREATE TABLE IF NOT EXISTS user_code_attempt (
    user_id UUID PRIMARY KEY,
    attempts INT NOT NULL,
    ends_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS user_code_attempt_end ON user_code_attempt (ends_at);

-- Failed logins and wrong secrets in a row: of a user, a client, or strangers whose names share a bucket; at one client or
-- address, or the nil UUID for all of them. A row of an origin that is known again is there without failures, too.
CREATE TABLE IF NOT EXISTS attempt (
    subject UUID NOT NULL,
    origin UUID NOT NULL,
    failures INT NOT NULL,
    failed_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (subject, origin)
);
CREATE INDEX IF NOT EXISTS attempt_expiry ON attempt (expires_at);

-- What audit mode let through, a row a user, client and reason. The nil UUID stands for no user.
CREATE TABLE IF NOT EXISTS let_through (
    user_id UUID NOT NULL,
    client_id VARCHAR(255) NOT NULL,
    reason VARCHAR(200) NOT NULL,
    times BIGINT NOT NULL,
    first_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, client_id, reason)
);

-- Where a person is logged in. It is over when the user's counter is no longer the one read before the password was.
CREATE TABLE IF NOT EXISTS browser_session (
    id UUID PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE,
    user_id UUID NOT NULL,
    user_epoch BIGINT NOT NULL,
    started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    idle_until TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS browser_session_user ON browser_session (user_id);
CREATE INDEX IF NOT EXISTS browser_session_idle ON browser_session (idle_until);

-- What users have agreed to, so that they need not be asked again.
CREATE TABLE IF NOT EXISTS consent (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id VARCHAR(255) NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    granted_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, client_id)
);
CREATE INDEX IF NOT EXISTS consent_client ON consent (client_id);

-- Jobs that one of several instances does at a time: which one, and until when no other may.
CREATE TABLE IF NOT EXISTS lease (
    name VARCHAR(40) PRIMARY KEY,
    holder UUID NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

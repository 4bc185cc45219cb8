CREATE TABLE oauth2_clients (id INTEGER PRIMARY KEY, random_id VARCHAR(255) NOT NULL, redirect_uris LONGTEXT NOT NULL,
    secret VARCHAR(255), allowed_grant_types LONGTEXT NOT NULL);
CREATE TABLE fos_user (id INTEGER PRIMARY KEY, username VARCHAR(255) NOT NULL, username_canonical VARCHAR(255) NOT NULL UNIQUE,
    email VARCHAR(255) NOT NULL, email_canonical VARCHAR(255) NOT NULL UNIQUE, enabled BOOLEAN NOT NULL,
    salt VARCHAR(255) NOT NULL, password VARCHAR(255) NOT NULL, last_login DATETIME, locked BOOLEAN NOT NULL, expired BOOLEAN NOT NULL, expires_at DATETIME,
    credentials_expired BOOLEAN NOT NULL, credentials_expire_at DATETIME,
    confirmation_token VARCHAR(255), password_requested_at DATETIME, roles LONGTEXT NOT NULL);
CREATE TABLE fos_user__to__oauth_clients (user_id INT NOT NULL REFERENCES fos_user (id),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), PRIMARY KEY (user_id, client_id));
CREATE TABLE oauth2_access_tokens (id INTEGER PRIMARY KEY, token VARCHAR(255) NOT NULL UNIQUE, expires_at INT, scope VARCHAR(255),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), user_id INT REFERENCES fos_user (id) ON DELETE CASCADE);
CREATE TABLE oauth2_refresh_tokens (id INTEGER PRIMARY KEY, token VARCHAR(255) NOT NULL UNIQUE, expires_at INT, scope VARCHAR(255),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), user_id INT REFERENCES fos_user (id) ON DELETE CASCADE);
CREATE TABLE oauth2_auth_codes (id INTEGER PRIMARY KEY, token VARCHAR(255) NOT NULL UNIQUE, redirect_uri TEXT NOT NULL, expires_at INT, scope VARCHAR(255),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), user_id INT REFERENCES fos_user (id) ON DELETE CASCADE);
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (1, '3x5bix4xcu0w0wwcwgs4ck0ck8wwwss0gow0gkwkkksscs4o00', 'a:2:{i:0;s:32:"https://app.example.com/callback";i:1;s:31:"http://app.example.com/insecure";}', '1177oahfbe0gowg4sco0soc44kwco04sks8cs0400wwo4w8k0w', 'a:4:{i:0;s:8:"password";i:1;s:13:"refresh_token";i:2;s:18:"authorization_code";i:3;s:5:"token";}');
-- client	1_3x5bix4xcu0w0wwcwgs4ck0ck8wwwss0gow0gkwkkksscs4o00	1177oahfbe0gowg4sco0soc44kwco04sks8cs0400wwo4w8k0w
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (2, '5mk1b5usrncwgo8wckwo48occ8oo4c4ksksswswo0o88kg080g', 'a:0:{}', '15f37699838b10fbe59e703b36100d00f77aa1594eaef01991fb792f46f3a79f', 'a:1:{i:0;s:18:"client_credentials";}');
-- client	2_5mk1b5usrncwgo8wckwo48occ8oo4c4ksksswswo0o88kg080g	15f37699838b10fbe59e703b36100d00f77aa1594eaef01991fb792f46f3a79f
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (3, '62eouhgse7408wksgcgw440gw8ocw48ww48c88kw44woss084g', 'a:0:{}', NULL, 'a:3:{i:0;s:8:"password";i:1;s:13:"refresh_token";i:2;s:18:"client_credentials";}');
-- client	3_62eouhgse7408wksgcgw440gw8ocw48ww48c88kw44woss084g	
-- login	Alice	alice-password
-- login	bob	bob-password
-- login	exactly-72	0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab
-- login	more-than-72	0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab
-- login	argon2id	argon2id-password
-- login	argon2i	argon2i-password
-- login	sha512	sha512-password
-- login	sha384	sha384-password
-- login	sha256	sha256-password
-- login	sha1	sha1-password
-- login	md5	md5-password
-- login	sha512-new-salt	sha512-password
-- login	sha512-no-salt	sha512-password
-- login	sha512-hex	sha512-password
-- login	sha1-hex	sha1-password
-- login	pbkdf2	pbkdf2-password
-- login	Zoë	pässword {with} ☃
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (1, 'Alice', 'snedhtch4r4c8gc4s8g4oks0o8g84cw', '$2y$05$mM3jLSsU5eZmPeCJwRakLumD/ussMaTtCwl.XTwViHJhX7r28rlGm', 'alice', '0@example.com', '0@example.com', 1, 'a:2:{i:0;s:10:"ROLE_ADMIN";i:1;s:11:"ROLE_EDITOR";}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (1, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (2, 'bob', 's4sp36ex8b4c8wsogs4w8cgow8gg4sw', '$2y$05$EcATqUoWmFLTUDfX0DPwJOxbcv6qXkzlyJmQ1c8pgK2FdSfw/Cx5a', 'bob', '1@example.com', '1@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (3, 'exactly-72', 'b6918e7xr94wsog8gs4oc8kok4wgos8', '$2y$05$mNVZbq9QeSJY6H.AezWAKOV/j7tDhjfJHT7J2LqbqKY48r74BZ36W', 'exactly-72', '2@example.com', '2@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (3, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (4, 'more-than-72', 'o7yd42wqck08o8kc404kc8gw4cc0cws', '$2y$05$824pOi8fxz1KuK5cb92IvewptfJk7Q8vNLIBXNjd2lLmcpeaoBy02', 'more-than-72', '3@example.com', '3@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (4, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (5, 'argon2id', 'gb6p1o6th28kocokw08wo44cosskogs', '$argon2id$v=19$m=1024,t=2,p=1$V1N6ZFNnZ1VqRjZGeWkxNg$+ayh6MY8z/KEaxiG3CLitFT3TfPc9copDyq7nDrhxFw', 'argon2id', '4@example.com', '4@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (5, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (6, 'argon2i', 'kkh4ka1rqaokgo480cwkgwcoswcwos8', '$argon2i$v=19$m=1024,t=2,p=1$elZkZ0t5aHZsamdoY29oNw$RsmyJs4PH9gX5JyX4tKwjIiswahM+5d3xc7pCwzPAoU', 'argon2i', '5@example.com', '5@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (6, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (7, 'sha512', 'rrbpjlgxo2s00o0oko40s480g440cgk', 'KhqJfPFe7TcmPamFmU57GAfc30pfa1zyg/VNMZhLC3ToYRLpqge7mgdqywUCsoYAK21Vnb3j87fuYecdEyWunA==', 'sha512', '6@example.com', '6@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (7, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (8, 'sha384', 'n83liamtofksoog88ws8w0wo4gw444s', '+KY3zsNd7SzWNxfQpOwb7Wi6FOkqno0QLJVGqRl0r5DFKsypMHY7buKp016f4lcf', 'sha384', '7@example.com', '7@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (8, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (9, 'sha256', 'crjfh5obwc0s04oc4sgw48ss4o4ckos', 'yedNZFwiOmexuKlGXjhL/SUMdSN9NAwdy7SW4val/Lc=', 'sha256', '8@example.com', '8@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (9, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (10, 'sha1', 'hixysz0riy0ogwwo4sc0c80skcgc840', 'tQOi4Ih0C19/E1TH+WS+2Re+ORg=', 'sha1', '9@example.com', '9@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (10, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (11, 'md5', '38v43fb4pnuogkgckc008w0s0g8k0c8', 'fa3cOSb6LIo6HfrZIjdBoQ==', 'md5', '10@example.com', '10@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (11, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (12, 'sha512-new-salt', 'MVU4Cd3/CLmVjpNzRcyODNMm2TV1PXdSDDpgwnfiDXI', 'xSrmni/vtI0Y9Fpudb8YuXfRUO3agx/ETQkig2vxda+/ujHupf0eutNLjfJSB/w5b46FUAgTLFFDqpH+AVMR/w==', 'sha512-new-salt', '11@example.com', '11@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (12, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (13, 'sha512-no-salt', '', 'wxPXGTOWfEYXEHAEFO1kr/97dSatnnvxBNr/dyyNS8unU1e91jhgHb4MxTB915ybfWIU1FqblTAyDt3FUSdzeA==', 'sha512-no-salt', '12@example.com', '12@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (13, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (14, 'sha512-hex', 'e6oxlmjlx4gswsoskswocwwc488k04o', '9bbc326841cfe03f8da74098b37dc1d1e925f11399568c642f24741a36423a6848552547c579dcf8f4df62fc954a3a12686aca36cfac9e11d510f8e33aa88841', 'sha512-hex', '13@example.com', '13@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (14, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (15, 'sha1-hex', 'f91d0zkdwso4w88g8w4gwwo80cwgk08', 'c4f03f45c941c3296153abdececb1fbe926d4d45', 'sha1-hex', '14@example.com', '14@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (15, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (16, 'pbkdf2', '13bxkzau0c6s808c8cw4o84kkc088gw', 'slR+eB82Q6nbeIUIn0N6chwU+sSqI69E1cb/olX0pBkDiTRB2oexaw==', 'pbkdf2', '15@example.com', '15@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (16, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (17, 'Zoë', 'ss594xocf4g80skcwok8ks484g08o0o', 'ChOoGLfAULI6SsHIFgZClJwIyUrU7AvTZGoA3T1OgCRFw3xXuxsQJSSkHotHOLeXJC+y2UWMgMdy1KOqnj5E+w==', 'zoë', '16@example.com', '16@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (17, 1);
INSERT INTO fos_user (id, enabled, username, salt, password, username_canonical, email, email_canonical, roles, locked, expired, credentials_expired) VALUES (18, 0, 'disabled', 'b7vl4m5elqo8888gw8ssgc84wooc4ok', '$2y$05$mVw8O1I9oMIRQGoLSH/1q.28TKjoWrwskkYQu41s2w3o4kWMuoQ7e', 'disabled', '17@example.com', '17@example.com', 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (18, 1);
INSERT INTO fos_user (id, locked, username, salt, password, username_canonical, email, email_canonical, enabled, roles, expired, credentials_expired) VALUES (19, 1, 'locked', 'mcf52i2o1v4s8gsskos8w0wgk884okc', '$2y$05$qT5IUuf.dQWw9/8o/8./beluIDGQ3MuZwUHkUex7s6XzLYUWPYDiC', 'locked', '18@example.com', '18@example.com', 1, 'a:0:{}', 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (19, 1);
INSERT INTO fos_user (id, expires_at, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (20, '2020-01-01 00:00:00', 'expired', '5cfj8tqjoe80kk8k8gokw0gkkwc8kc0', '$2y$05$oVITJJVE0z9StRNXE4OyO.5dQpXlv3QOXd73t4Wm0C6bgL.zaDIHC', 'expired', '19@example.com', '19@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (20, 1);
INSERT INTO fos_user (id, credentials_expired, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired) VALUES (21, 1, 'expired-password', '68egxeqtg0owskw4gosgscs8oswssg8', '$2y$05$Npue1.5ueyDF89xPT9xvfesr/hTz70SjEbHVfBwDi037Fhrq3M9X6', 'expired-password', '20@example.com', '20@example.com', 1, 'a:0:{}', 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (21, 1);
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZjZhMmNmNThkMjc4MDRlOWQ5M2EwYzlhOTFlYjI2YjhkMGQzNjVkNjQyOTc0ZDdjMTcxZjAwY2MzNmRlMDFmMA', 2000000000, 'read write', 1, 1);
-- access	ZjZhMmNmNThkMjc4MDRlOWQ5M2EwYzlhOTFlYjI2YjhkMGQzNjVkNjQyOTc0ZDdjMTcxZjAwY2MzNmRlMDFmMA	Alice
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('OGY3MDk4YjEzYzhjZmNkODk2Yzk5MTJjNDk5MGI1YjI3OWY1ZTBlNmVjYzVmNjkyZGEzMDUwZGUxNzI1MWM3ZQ', 2000000000, 'read', 1, 2);
-- access	OGY3MDk4YjEzYzhjZmNkODk2Yzk5MTJjNDk5MGI1YjI3OWY1ZTBlNmVjYzVmNjkyZGEzMDUwZGUxNzI1MWM3ZQ	bob
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZTY2MWI3N2NhZGM1YjlmZTFjMDE2YjJkNjJkM2M2ZTVkN2U5MzBiNzU1MTE2ZTAwMTI1OGI1NDJhNDM1MDEyMg', NULL, 'read', 1, 7);
-- access	ZTY2MWI3N2NhZGM1YjlmZTFjMDE2YjJkNjJkM2M2ZTVkN2U5MzBiNzU1MTE2ZTAwMTI1OGI1NDJhNDM1MDEyMg	sha512
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZGI0NzQwZjJkZDJmNDVmZGViYzE1OGE3NmQ2MjZkNmNmODY4ZDYyNjlhYjQ1YjBiZmNiMjBlMGQ2MDVmZWJiZA', 2000000000, 'read', 1, 18);
-- disabled-access	ZGI0NzQwZjJkZDJmNDVmZGViYzE1OGE3NmQ2MjZkNmNmODY4ZDYyNjlhYjQ1YjBiZmNiMjBlMGQ2MDVmZWJiZA	disabled
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('MWUwOTc2MTMzMDZjNmU4ZmZmMzJkMzRhMjk2M2U5NGI2YmRlYjI4ZTczMmEyNzA1NzU3Y2U3N2E0ZGVkNWYxMg', 1000000000, 'read', 1, 1);
-- dead-access	MWUwOTc2MTMzMDZjNmU4ZmZmMzJkMzRhMjk2M2U5NGI2YmRlYjI4ZTczMmEyNzA1NzU3Y2U3N2E0ZGVkNWYxMg	Alice
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('MGU1ZmEzNDIwZDJlNGUyN2RjMjQ2NTVlMzNiM2U1YzM0NjViOGU4ZDgzNDE4ZTg2YzMzZmM5ZDdmNWVlNzMwNg', 2000000000, 'read write', 1, 1);
-- refresh	MGU1ZmEzNDIwZDJlNGUyN2RjMjQ2NTVlMzNiM2U1YzM0NjViOGU4ZDgzNDE4ZTg2YzMzZmM5ZDdmNWVlNzMwNg	Alice
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('YmRkNDRjYzAwYTBlMjk2YjYyZmFhNTNiMWIwZGZhMWRlNWJhNjRjODgxM2UyMjE5ZjM3YjA0YWM0YjVmYzhlZQ', 2000000000, 'read', 1, 2);
-- refresh	YmRkNDRjYzAwYTBlMjk2YjYyZmFhNTNiMWIwZGZhMWRlNWJhNjRjODgxM2UyMjE5ZjM3YjA0YWM0YjVmYzhlZQ	bob
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NDhiNzhhOTJlNDRlZWEzZDYzNmI5OGEwOGZhMjQzMjg0ZWMzZDNhNzI5NDc3MTg3ZGE2NTBiNTY1NzIxYzMxYw', NULL, 'read', 1, 7);
-- refresh	NDhiNzhhOTJlNDRlZWEzZDYzNmI5OGEwOGZhMjQzMjg0ZWMzZDNhNzI5NDc3MTg3ZGE2NTBiNTY1NzIxYzMxYw	sha512
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('MDA1YTMxNjExZjAyNjM5ZDg2ZDA2Mjc3NzhjNmQwYzQ0MWI4NDllNjAwMGQyZDAyN2I1N2U0ZTA0OTQ1Nzc2Mg', 2000000000, 'read', 1, 18);
-- disabled-refresh	MDA1YTMxNjExZjAyNjM5ZDg2ZDA2Mjc3NzhjNmQwYzQ0MWI4NDllNjAwMGQyZDAyN2I1N2U0ZTA0OTQ1Nzc2Mg	disabled
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZTMzNmU3YThhYjc2ZTZjN2MwNWI4YzYzODVmZjIyMTQxODBiZTU0MDA5MTc4YWNjZTZlYzkwNDAyYWVhMDYxYg', 1000000000, 'read', 1, 1);
-- dead-refresh	ZTMzNmU3YThhYjc2ZTZjN2MwNWI4YzYzODVmZjIyMTQxODBiZTU0MDA5MTc4YWNjZTZlYzkwNDAyYWVhMDYxYg	Alice
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NzU5OGZkNzhhZjJlYmNhNDkxYjk1ZmMzNThmY2NiZjZmZGFiOGU4YjEzMWI4YmU1NjMwM2M1ZTg3Mjc4MTU2Mg', 2000000000, NULL, 2, NULL);
-- machine-access	NzU5OGZkNzhhZjJlYmNhNDkxYjk1ZmMzNThmY2NiZjZmZGFiOGU4YjEzMWI4YmU1NjMwM2M1ZTg3Mjc4MTU2Mg	
INSERT INTO oauth2_auth_codes (token, redirect_uri, expires_at, scope, client_id, user_id) VALUES ('ZDY3MjA1NDQ0Zjk1NmQ4MjYxY2ZlYTA2ZTVmYmU1MTM0NGMxMzczYmE4ODlhZTVjY2UxZjZlNGQyMGM0MTUyNg', 'https://app.example.com/callback', 2000000000, 'read', 1, 1);

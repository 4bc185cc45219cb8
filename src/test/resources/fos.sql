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
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (1, '27dhkryaauzocsgocogwcoo484oggss4c8swgok4w4o4gsc4cw', 'a:2:{i:0;s:32:"https://app.example.com/callback";i:1;s:31:"http://app.example.com/insecure";}', '3w87x2ib4u0w0ws888wcs88k4ggsowg4cswk4os08wgoog04g0', 'a:4:{i:0;s:8:"password";i:1;s:13:"refresh_token";i:2;s:18:"authorization_code";i:3;s:5:"token";}');
-- client	1_27dhkryaauzocsgocogwcoo484oggss4c8swgok4w4o4gsc4cw	3w87x2ib4u0w0ws888wcs88k4ggsowg4cswk4os08wgoog04g0
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (2, '1tyi7p08o6f4sg8ck8cs4s4o0400wkgwc004kg0kggo0kogo00', 'a:0:{}', '10564d01fede339b63375c0ee9e9d25594ca3d7ff2f66ba6b1bd613126570304', 'a:1:{i:0;s:18:"client_credentials";}');
-- client	2_1tyi7p08o6f4sg8ck8cs4s4o0400wkgwc004kg0kggo0kogo00	10564d01fede339b63375c0ee9e9d25594ca3d7ff2f66ba6b1bd613126570304
INSERT INTO oauth2_clients (id, random_id, redirect_uris, secret, allowed_grant_types) VALUES (3, '4uch5s46ajgggk0c8oc000kg4sc80o0gs0sws0goso4g0wocss', 'a:0:{}', NULL, 'a:3:{i:0;s:8:"password";i:1;s:13:"refresh_token";i:2;s:18:"client_credentials";}');
-- client	3_4uch5s46ajgggk0c8oc000kg4sc80o0gs0sws0goso4g0wocss	
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
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (1, 'Alice', 'p677v8oofy8w44skwgss8soks4kokgc', '$2y$05$fEYf4RO5Mg6.K7FolaWyEO.saxNG/wwrkSjOv38xDt2OGUG7UsHrW', 'alice', '0@example.com', '0@example.com', 1, 'a:2:{i:0;s:10:"ROLE_ADMIN";i:1;s:11:"ROLE_EDITOR";}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (1, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (2, 'bob', 'fd0lhyd97i0wsc4wkgk8sw4gssws8s8', '$2y$05$mYtPjPbUTWGt4xe/HKufTef4kXt2LVRe8bpnGL8MBsovJVHP87dPS', 'bob', '1@example.com', '1@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (3, 'exactly-72', 'a8zl3r1afxssgg0g0s4o0kk4owc4k4w', '$2y$05$bkqENHEG990tXDBxEnFZNOwbYQ.DUuLa.PCfL4ZDrscZkKhhaW0qO', 'exactly-72', '2@example.com', '2@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (3, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (4, 'more-than-72', 'i41r19wp32g4k0wg84ggg0o0w40kck8', '$2y$05$QPj0b/udblFTC7.SUMifEeCEi2JszFKJgF0.tv.u9TIp5R95vR1Aa', 'more-than-72', '3@example.com', '3@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (4, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (5, 'argon2id', 'skkcchb7mrk0ggkkcgksswgw40go0sk', '$argon2id$v=19$m=1024,t=2,p=1$d2JVZ21Odjljby8wTm9SNA$5Eu+A7tFkD7ApWhdNYA23R/xpZc442piHlyVaaV0Omg', 'argon2id', '4@example.com', '4@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (5, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (6, 'argon2i', 'mfpoxb7a4sg4040kk0o0840k80oog00', '$argon2i$v=19$m=1024,t=2,p=1$MW42T0tiRkxMQWxjWUQvLg$I2vr+3sSOoPqDP03iOm0idkzwiF6k4qNlNho1ruUj5o', 'argon2i', '5@example.com', '5@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (6, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (7, 'sha512', 'hb63pd4oi3kkog40k0o48os0oos4s88', 'hM+t9AGD7yy/ekhKyiDcGduKDj61Hpfs0ttyb55GFXngyi02UrIxudKd56GHc+tuzuyE1atgTgZkKuYEyleZnw==', 'sha512', '6@example.com', '6@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (7, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (8, 'sha384', 'dfnh07x9x0oog88okggw0k8g808kgo4', '1NYxSQDk74tn1W+NZNEVDOLJSCvHIoTj+FdYekzsKGTKGjCob4txoqxmxYGQ8f4U', 'sha384', '7@example.com', '7@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (8, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (9, 'sha256', '97ekk96j6mscs8sck08448ogcsw0go4', 'CGtftMvNlAnGF1jQZjZ/ftpcEIxLuNZB3H2Vih2SHEI=', 'sha256', '8@example.com', '8@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (9, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (10, 'sha1', 'aa4xhtkxsxkw4sc4goswks8oo0ok8kw', 'EkQ84DQ6/p7tY7/VUIfxoTRyp4c=', 'sha1', '9@example.com', '9@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (10, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (11, 'md5', 'e6gbe8appu88w8osg40kokswwco4kog', 'NJHQcn/OtJIZL1nJodHNbA==', 'md5', '10@example.com', '10@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (11, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (12, 'sha512-new-salt', 'lLUwuXx25uyzHDJAQ6Rbve7uPmDgeSVsPZYjScRzMu8', 'NaQy50bNJcRBaPJHroHSBrhSAioYpfgWs+u/gEfEMGE3b6C627dvhhYySFGQvSV/VCEbQnhmh2PNHEdYWLqYzw==', 'sha512-new-salt', '11@example.com', '11@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (12, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (13, 'sha512-no-salt', '', 'wxPXGTOWfEYXEHAEFO1kr/97dSatnnvxBNr/dyyNS8unU1e91jhgHb4MxTB915ybfWIU1FqblTAyDt3FUSdzeA==', 'sha512-no-salt', '12@example.com', '12@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (13, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (14, 'sha512-hex', '7k1aqngdsqsk8gk0k44sk4g0os0co8s', '81e8b7a81d8b177bcb561f48d389f1069b9a629e04f9e186dc5359f8e82886f84783c0ae59e62a70ffe791a3e328d888ac856c8e12c6846132e2c2944f1e412e', 'sha512-hex', '13@example.com', '13@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (14, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (15, 'sha1-hex', 'qe9j9y94fgg4o0wg4sckcgcgo4cssgw', '6405e34d302e92ab3e95cc9c67b8bcb39021c798', 'sha1-hex', '14@example.com', '14@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (15, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (16, 'pbkdf2', '76buxt87am4gckocsok0og8c84okgc8', 'X5Ezpwx3p0SSshiaH9Ez+VwaHfpbKwVi8ABkN165axWRxWXfERM96Q==', 'pbkdf2', '15@example.com', '15@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (16, 1);
INSERT INTO fos_user (id, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (17, 'Zoë', '8uj1c8453lkwcg888cww444oskgwcow', 'bSQr01Fpcj6Pfrt4nPdDvtAgdspGQj0iauVGCvCNhz/IjcuIkFLfLr85GiVALDSKPDUlYc1q44fdsRLC5zY/xw==', 'zoë', '16@example.com', '16@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (17, 1);
INSERT INTO fos_user (id, enabled, username, salt, password, username_canonical, email, email_canonical, roles, locked, expired, credentials_expired) VALUES (18, 0, 'disabled', '1xusd5cbxvgkcok0wc8o004ksw0kwc8', '$2y$05$6PBKKqhQaP4LiGcmQI3XWudaLRBTd7OaRGG9XSRv8SCnqGC1Tuhda', 'disabled', '17@example.com', '17@example.com', 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (18, 1);
INSERT INTO fos_user (id, locked, username, salt, password, username_canonical, email, email_canonical, enabled, roles, expired, credentials_expired) VALUES (19, 1, 'locked', 'rr7orpve9zk8css0wos84oc0kcswwco', '$2y$05$029mMUjsDlsIYPHFyIuGuux1bn4onRhVhrT1VtQewvdhr7PuQZ3mu', 'locked', '18@example.com', '18@example.com', 1, 'a:0:{}', 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (19, 1);
INSERT INTO fos_user (id, expires_at, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired, credentials_expired) VALUES (20, '2020-01-01 00:00:00', 'expired', 'acgsvgehs2ogckg448owwgoc88kg04c', '$2y$05$/ZAVtUCJbhWbnMPqoT5CdeBR7p0qVU7ceWe5esmkM0p3L42whzYkq', 'expired', '19@example.com', '19@example.com', 1, 'a:0:{}', 0, 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (20, 1);
INSERT INTO fos_user (id, credentials_expired, username, salt, password, username_canonical, email, email_canonical, enabled, roles, locked, expired) VALUES (21, 1, 'expired-password', 'aswslewpg68gs04k4o8kw84cwssww00', '$2y$05$4fW8i5Z5U7luPlGEdtYeGuY1LoUnY4QdfFCM.M9VXK9wI0zf//Dtm', 'expired-password', '20@example.com', '20@example.com', 1, 'a:0:{}', 0, 0);
INSERT INTO fos_user__to__oauth_clients (user_id, client_id) VALUES (21, 1);
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('M2QzNWUzOTIxMWQ2MWNhYWE3YTU4MzRlYWNmMDM4NzhiMTU1OGNlOTliYjExNTMwNWNkMjVhNDk2ODlkY2JkOQ', 2000000000, 'read write', 1, 1);
-- access	M2QzNWUzOTIxMWQ2MWNhYWE3YTU4MzRlYWNmMDM4NzhiMTU1OGNlOTliYjExNTMwNWNkMjVhNDk2ODlkY2JkOQ	Alice
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZWJkNGQzMzJjNzJkZjIxZjkyMjVkNzEwZjNmODAxNjRkM2U4ZWI1ZmFiZTRiODg4OTMzNTBmNWY3MzI5MzUzZQ', 2000000000, 'read', 1, 2);
-- access	ZWJkNGQzMzJjNzJkZjIxZjkyMjVkNzEwZjNmODAxNjRkM2U4ZWI1ZmFiZTRiODg4OTMzNTBmNWY3MzI5MzUzZQ	bob
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NzNiMGY5YWVmMDU5MjY3ZjAwNjM4NTBhYWQxMDZiNDM1MjM0ZTYwY2UwNjkyYmQ0Yzg4MTlmZTJmZWE0MmE3Zg', NULL, 'read', 1, 7);
-- access	NzNiMGY5YWVmMDU5MjY3ZjAwNjM4NTBhYWQxMDZiNDM1MjM0ZTYwY2UwNjkyYmQ0Yzg4MTlmZTJmZWE0MmE3Zg	sha512
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('MjViNjhlMzRmNWY1OTg3ZDliOThhOWMwNGQ3MzdlZGI5Y2ZlOTE0NDVlY2NjYTAxOTE5MjY4NzQ3OTJjZjY1OQ', 2000000000, 'read', 1, 18);
-- disabled-access	MjViNjhlMzRmNWY1OTg3ZDliOThhOWMwNGQ3MzdlZGI5Y2ZlOTE0NDVlY2NjYTAxOTE5MjY4NzQ3OTJjZjY1OQ	disabled
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NzgyMWUwMmU0MmFjZWIwMjVkNmJhMDI3M2NmYjk3YjRmYzI4N2FhM2JhMDA0NTcwNmUxN2NhMTQwZmRmZTAxNQ', 1000000000, 'read', 1, 1);
-- dead-access	NzgyMWUwMmU0MmFjZWIwMjVkNmJhMDI3M2NmYjk3YjRmYzI4N2FhM2JhMDA0NTcwNmUxN2NhMTQwZmRmZTAxNQ	Alice
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('Y2YzMDU4NDQ4Yzg2ODY3OWFhYWE4NTk0MDhhNWZiNjhkODFiMmNlYjRmNGIzOGMwZjRiMzc2MGY5OTMxYTIyMg', 2000000000, 'read write', 1, 1);
-- refresh	Y2YzMDU4NDQ4Yzg2ODY3OWFhYWE4NTk0MDhhNWZiNjhkODFiMmNlYjRmNGIzOGMwZjRiMzc2MGY5OTMxYTIyMg	Alice
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NjMxN2ZmMWE5YmQ5Yzc2NTQzMzcxZTZjOTU5OTE5NTBlZGQ4N2U5MTdmNDY0YjQ0OWMxZDYwNWZjMjNiYWE4NA', 2000000000, 'read', 1, 2);
-- refresh	NjMxN2ZmMWE5YmQ5Yzc2NTQzMzcxZTZjOTU5OTE5NTBlZGQ4N2U5MTdmNDY0YjQ0OWMxZDYwNWZjMjNiYWE4NA	bob
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ODM4NjVlY2E1Yjc2M2QzMzJjYTMxMTQ4ZmNmYzgyYTM4MzdkNWY4YTQzMThjNGYzNjAxMTQ5NzRjNWY4NzVjNg', NULL, 'read', 1, 7);
-- refresh	ODM4NjVlY2E1Yjc2M2QzMzJjYTMxMTQ4ZmNmYzgyYTM4MzdkNWY4YTQzMThjNGYzNjAxMTQ5NzRjNWY4NzVjNg	sha512
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('YTMwNWQ4ODc4ODlhNGE0NjA3YTU5OGI1ZjgxMDM1NDU3N2QzNTVjODI2Mzg4ZDU0ODAyYTFmMjE5NDZjNTY2MA', 2000000000, 'read', 1, 18);
-- disabled-refresh	YTMwNWQ4ODc4ODlhNGE0NjA3YTU5OGI1ZjgxMDM1NDU3N2QzNTVjODI2Mzg4ZDU0ODAyYTFmMjE5NDZjNTY2MA	disabled
INSERT INTO oauth2_refresh_tokens (token, expires_at, scope, client_id, user_id) VALUES ('ZGIzNzM0NDY0NGFlM2Y4NzNjOWNmNzQzNGE4Y2ZiYjZkODBiN2RhNjdlNzgyMzEyODcwNTFiZTk4NTlhY2EzYQ', 1000000000, 'read', 1, 1);
-- dead-refresh	ZGIzNzM0NDY0NGFlM2Y4NzNjOWNmNzQzNGE4Y2ZiYjZkODBiN2RhNjdlNzgyMzEyODcwNTFiZTk4NTlhY2EzYQ	Alice
INSERT INTO oauth2_access_tokens (token, expires_at, scope, client_id, user_id) VALUES ('NDI5OTY5NjZkZDIzN2NkODFiNGNhMDVhNjBhNzhiNjg4Y2E4YzE0MzFkNjVmYTdmODIzMGQyODZiMWQxOGI2Zg', 2000000000, NULL, 2, NULL);
-- machine-access	NDI5OTY5NjZkZDIzN2NkODFiNGNhMDVhNjBhNzhiNjg4Y2E4YzE0MzFkNjVmYTdmODIzMGQyODZiMWQxOGI2Zg	
INSERT INTO oauth2_auth_codes (token, redirect_uri, expires_at, scope, client_id, user_id) VALUES ('NTBjYjM5ZGY4N2ZkYTg5N2IwNjExY2YzNzA2MWVjNzNlMTZhMDNmMmIxM2ZmOGE2OTRlNjA2NjdmZWNhZTFkZA', 'https://app.example.com/callback', 2000000000, 'read', 1, 1);

<?php
// Writes the SQL of a database of FOSOAuthServerBundle 1.6 and FOSUserBundle, filled with every shape of hash that
// Symfony's encoders make, by PHP itself.
//
// usage: php fos.php sqlite|mysql|pgsql 1|2 [MORE_USERS [CHEAP]]      (FOSUserBundle's version 1.3 or 2 and later)
//
// What a test has to know comes as comments, tab-separated: "-- login NAME PASSWORD", "-- client ID SECRET",
// "-- access TOKEN NAME", "-- refresh TOKEN NAME". CHEAP makes hashes that cost next to nothing.
// src/test/resources/fos.sql is the output of: php fos.php sqlite 1 0 cheap
[, $dialect, $version] = $argv;
$more = (int) ($argv[3] ?? 0);
$cheap = isset($argv[4]);

// --- as the encoders of Symfony do

function salt(): string { return base_convert(sha1(uniqid((string) mt_rand(), true)), 16, 36); }

function digest(string $algorithm, string $password, ?string $salt, int $iterations, bool $base64): string
{
    $salted = $salt === null || $salt === '' ? $password : $password . '{' . $salt . '}';
    $digest = hash($algorithm, $salted, true);
    for ($i = 1; $i < $iterations; $i++) {
        $digest = hash($algorithm, $digest . $salted, true);
    }
    return $base64 ? base64_encode($digest) : bin2hex($digest);
}

function bcrypt(string $password): string
{
    global $cheap;
    if (strlen($password) > 72) { // NativePasswordHasher of Symfony 5.3
        $password = base64_encode(hash('sha512', $password, true));
    }
    return password_hash($password, PASSWORD_BCRYPT, ['cost' => $cheap ? 5 : 13]);
}

function argon2(string $password, string $type): string
{
    global $cheap;
    return password_hash($password, $type, $cheap ? ['memory_cost' => 1024, 'time_cost' => 2, 'threads' => 1] : []);
}

// --- as the two bundles do

function token(): string
{
    return rtrim(strtr(base64_encode(hash('sha256', random_bytes(100))), '+/', '-_'), '=');
}

function randomId(): string { return base_convert(bin2hex(random_bytes(32)), 16, 36); }

// --- SQL

function sql($value): string
{
    global $dialect;
    if ($value === null || is_int($value)) {
        return $value === null ? 'NULL' : (string) $value;
    }
    if (is_bool($value)) {
        return $dialect === 'pgsql' ? ($value ? 'TRUE' : 'FALSE') : (string) (int) $value;
    }
    return "'" . str_replace($dialect === 'mysql' ? ["\\", "'"] : ["'"], $dialect === 'mysql' ? ["\\\\", "''"] : ["''"], $value) . "'";
}

function insert(string $table, array $row): void
{
    echo "INSERT INTO $table (", implode(', ', array_keys($row)), ') VALUES (', implode(', ', array_map('sql', $row)), ");\n";
}

function say(string ...$words): void { echo '-- ', implode("\t", $words), "\n"; }

$id = ['sqlite' => 'INTEGER PRIMARY KEY', 'mysql' => 'INT AUTO_INCREMENT PRIMARY KEY', 'pgsql' => 'SERIAL PRIMARY KEY'][$dialect];
$bool = $dialect === 'mysql' ? 'TINYINT(1)' : 'BOOLEAN';
$time = $dialect === 'pgsql' ? 'TIMESTAMP(0)' : 'DATETIME';
$array = $dialect === 'pgsql' ? 'TEXT' : 'LONGTEXT';
$length = $version === '1' ? 255 : 180;
$flags = $version === '1' ? "locked $bool NOT NULL, expired $bool NOT NULL, expires_at $time,
    credentials_expired $bool NOT NULL, credentials_expire_at $time," : '';
$salt = $version === '1' ? 'VARCHAR(255) NOT NULL' : 'VARCHAR(255)';
echo "CREATE TABLE oauth2_clients (id $id, random_id VARCHAR(255) NOT NULL, redirect_uris $array NOT NULL,
    secret VARCHAR(255), allowed_grant_types $array NOT NULL);
CREATE TABLE fos_user (id $id, username VARCHAR($length) NOT NULL, username_canonical VARCHAR($length) NOT NULL UNIQUE,
    email VARCHAR($length) NOT NULL, email_canonical VARCHAR($length) NOT NULL UNIQUE, enabled $bool NOT NULL,
    salt $salt, password VARCHAR(255) NOT NULL, last_login $time, $flags
    confirmation_token VARCHAR($length), password_requested_at $time, roles $array NOT NULL);
CREATE TABLE fos_user__to__oauth_clients (user_id INT NOT NULL REFERENCES fos_user (id),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), PRIMARY KEY (user_id, client_id));\n";
foreach (['access_tokens' => '', 'refresh_tokens' => '', 'auth_codes' => ' redirect_uri TEXT NOT NULL,'] as $name => $column) {
    echo "CREATE TABLE oauth2_$name (id $id, token VARCHAR(255) NOT NULL UNIQUE,$column expires_at INT, scope VARCHAR(255),
    client_id INT NOT NULL REFERENCES oauth2_clients (id), user_id INT REFERENCES fos_user (id) ON DELETE CASCADE);\n";
}

// --- clients: the usual one, one that acts for itself, and one with a NULL secret, which lets anybody in

$grants = [
    ['password', 'refresh_token', 'authorization_code', 'token'],
    ['client_credentials'],
    ['password', 'refresh_token', 'client_credentials'],
];
$uris = [['https://app.example.com/callback', 'http://app.example.com/insecure'], [], []];
$secrets = [randomId(), bin2hex(random_bytes(32)), null];
foreach ($grants as $i => $types) {
    $randomId = randomId();
    insert('oauth2_clients', ['id' => $i + 1, 'random_id' => $randomId, 'redirect_uris' => serialize($uris[$i]),
        'secret' => $secrets[$i], 'allowed_grant_types' => serialize($types)]);
    say('client', ($i + 1) . '_' . $randomId, $secrets[$i] ?? '');
}

// --- users: name => [hash, salt, what is closed]

$open = [];
$users = [];
$add = function (string $name, string $password, callable $hash, ?string $salt = null, array $row = []) use (&$users) {
    $users[] = $row + ['username' => $name, 'salt' => $salt, 'password' => $hash($password, $salt)];
    if (!$row) {
        say('login', $name, $password);
    }
};
$looped = fn (string $algorithm) => fn ($password, $salt) => digest($algorithm, $password, $salt, 5000, true);
$add('Alice', 'alice-password', fn ($p) => bcrypt($p));
$add('bob', 'bob-password', fn ($p) => bcrypt($p));
$add('exactly-72', str_repeat('0123456789ab', 6), fn ($p) => bcrypt($p));
$add('more-than-72', str_repeat('0123456789ab', 7), fn ($p) => bcrypt($p));
$add('argon2id', 'argon2id-password', fn ($p) => argon2($p, PASSWORD_ARGON2ID));
$add('argon2i', 'argon2i-password', fn ($p) => argon2($p, PASSWORD_ARGON2I));
foreach (['sha512', 'sha384', 'sha256', 'sha1', 'md5'] as $algorithm) {
    $add($algorithm, "$algorithm-password", $looped($algorithm), salt());
}
$add('sha512-new-salt', 'sha512-password', $looped('sha512'), rtrim(strtr(base64_encode(random_bytes(32)), '+', '.'), '='));
$add('sha512-no-salt', 'sha512-password', $looped('sha512'), $version === '1' ? '' : null);
$add('sha512-hex', 'sha512-password', fn ($p, $salt) => digest('sha512', $p, $salt, 1, false), salt());
$add('sha1-hex', 'sha1-password', fn ($p, $salt) => digest('sha1', $p, $salt, 1, false), salt());
$add('pbkdf2', 'pbkdf2-password', fn ($p, $salt) => base64_encode(hash_pbkdf2('sha512', $p, $salt, 5000, 40, true)), salt());
$add('Zoë', 'pässword {with} ☃', $looped('sha512'), salt());
$add('disabled', 'disabled-password', fn ($p) => bcrypt($p), null, ['enabled' => false]);
if ($version === '1') {
    $add('locked', 'locked-password', fn ($p) => bcrypt($p), null, ['locked' => true]);
    $add('expired', 'expired-password', fn ($p) => bcrypt($p), null, ['expires_at' => '2020-01-01 00:00:00']);
    $add('expired-password', 'expired-password', fn ($p) => bcrypt($p), null, ['credentials_expired' => true]);
}
$ids = [];
foreach ($users as $i => $user) {
    $canonical = strtolower($user['username']);
    $row = ['id' => $i + 1] + $user + ['username_canonical' => $canonical, 'email' => "$i@example.com",
        'email_canonical' => "$i@example.com", 'enabled' => true,
        'roles' => serialize($user['username'] === 'Alice' ? ['ROLE_ADMIN', 'ROLE_EDITOR'] : [])];
    if ($version === '1') {
        $row['salt'] ??= salt();
        $row += ['locked' => false, 'expired' => false, 'credentials_expired' => false];
    }
    insert('fos_user', $row);
    $ids[$user['username']] = $i + 1;
    if ($user['username'] !== 'bob') {
        insert('fos_user__to__oauth_clients', ['user_id' => $i + 1, 'client_id' => 1]);
    }
}
for ($i = 0; $i < $more; $i++) {
    $hash ??= bcrypt('more-password');
    $rows[] = '(' . implode(', ', array_map('sql', [count($users) + 1 + $i, "more$i", "more$i", "more$i@example.com", "more$i@example.com", true, $hash, 'a:0:{}'])) . ')';
    if (count($rows) === 1000 || $i === $more - 1) {
        echo 'INSERT INTO fos_user (id, username, username_canonical, email, email_canonical, enabled, password, roles) VALUES ',
            implode(",\n", $rows), ";\n";
        $rows = [];
    }
}

// --- tokens: live ones for some, dead ones, one without an end, and one without a user

const FAR = 2_000_000_000;
foreach (['access', 'refresh'] as $kind) {
    foreach ([['Alice', FAR, 'read write'], ['bob', FAR, 'read'], ['sha512', null, 'read'], ['disabled', FAR, 'read'],
        ['Alice', 1_000_000_000, 'read']] as [$name, $end, $scope]) {
        $token = token();
        insert("oauth2_{$kind}_tokens", ['token' => $token, 'expires_at' => $end, 'scope' => $scope, 'client_id' => 1,
            'user_id' => $ids[$name]]);
        say($end === 1_000_000_000 ? "dead-$kind" : ($name === 'disabled' ? "disabled-$kind" : $kind), $token, $name);
    }
}
$token = token();
insert('oauth2_access_tokens', ['token' => $token, 'expires_at' => FAR, 'scope' => null, 'client_id' => 2, 'user_id' => null]);
say('machine-access', $token, '');
insert('oauth2_auth_codes', ['token' => token(), 'redirect_uri' => 'https://app.example.com/callback',
    'expires_at' => FAR, 'scope' => 'read', 'client_id' => 1, 'user_id' => 1]);

<?php
declare(strict_types=1);

/**
 * Whether a callback's body, or the query of a redirect, was signed with your X Signature key.
 * Pass it as it came, still encoded: file_get_contents('php://input') or $_SERVER['QUERY_STRING'].
 */
function is_genuine(string $encoded, string $key): bool
{
    $elements = [];
    $signatures = [];
    foreach (explode('&', $encoded) as $pair) {
        [$name, $value] = array_map('urldecode', explode('=', $pair, 2) + [1 => '']);
        $name = str_replace(['[', ']'], '', $name);
        if (str_ends_with($name, 'x_signature')) {
            $signatures[] = $value;
        } else {
            $elements[] = $name . $value;
        }
    }
    usort($elements, fn ($a, $b) => strcmp(mb_strtolower($a, 'UTF-8'), mb_strtolower($b, 'UTF-8')) ?: strcmp($a, $b));
    $expected = hash_hmac('sha256', implode('|', $elements), $key);
    return count($signatures) === 1 && hash_equals($expected, $signatures[0]);
}

// To try it: php verify-callback.php KEY < body
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    echo is_genuine(trim(stream_get_contents(STDIN)), $argv[1]) ? 'genuine' : 'forged', "\n";
}

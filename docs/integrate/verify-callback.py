import hashlib
import hmac
import sys
from urllib.parse import parse_qsl


def is_genuine(encoded: str, key: str) -> bool:
    """Whether a callback's body, or the query of a redirect, was signed with your X Signature key.

    Pass it as it came, still encoded; the order and number of the parameters do not matter.
    """
    params = [
        (name.replace("[", "").replace("]", ""), value)
        for name, value in parse_qsl(encoded, keep_blank_values=True)
    ]
    signatures = [value for name, value in params if name.endswith("x_signature")]
    elements = [name + value for name, value in params if not name.endswith("x_signature")]
    elements.sort(key=lambda element: (element.lower().encode(), element.encode()))
    expected = hmac.new(key.encode(), "|".join(elements).encode(), hashlib.sha256).hexdigest()
    return len(signatures) == 1 and hmac.compare_digest(signatures[0].encode(), expected.encode())


# To try it: python3 verify-callback.py KEY < body
if __name__ == "__main__":
    print("genuine" if is_genuine(sys.stdin.read().strip(), sys.argv[1]) else "forged")

"""Waits for name servers, and writes the addresses that have not responded within some seconds.

Arguments: the seconds, and a JSON object of zones by address.
"""

import json
import socket
import sys
import time

NOERROR = 0


def query(zone):
    """Return the query for the SOA record of a zone, recursion desired."""
    labels = [label.encode() for label in zone.split(".") if label]
    name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return bytes([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]) + name + bytes([0, 6, 0, 1])


def responds(address, zone):
    """Return whether a server has the zone, or has none and responds at all."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.5)
        try:
            client.connect((address, 53))
            client.send(query(zone))
            response = client.recv(4096)
        except OSError:
            return False
    return not zone or response[3] & 15 == NOERROR


def main():
    """Try until all have responded, or until the time is over."""
    seconds, zones = float(sys.argv[1]), json.loads(sys.argv[2])
    end = time.monotonic() + seconds
    while zones and time.monotonic() < end:
        zones = {address: zone for address, zone in zones.items() if not responds(address, zone)}
        time.sleep(0.01)
    sys.stdout.write(" ".join(zones))


if __name__ == "__main__":
    main()

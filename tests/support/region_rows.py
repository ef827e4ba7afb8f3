"""The map of Regions as the rows of a table."""


def rows(found):
    """Yield the certificate, its Region, the consumer, the Region that it needs, and placement."""
    for index, certificate in enumerate(found.certificates):
        head = certificate.name or certificate.address, certificate.region or "unknown"
        consumers = [each for each in found.consumers if each.certificate == index]
        for each in consumers:
            yield *head, each.address, each.needs or "unknown", each.placement.value
        if not consumers:
            yield *head, "", "", ""

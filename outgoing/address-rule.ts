import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;

/** Public by their number, yet answered by the cloud's own host. */
const METADATA = new Set(['168.63.129.16']);

/** What the internet's registries hand out; the rest of IPv6 embeds IPv4 or is reserved. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Tells whether an IP address may be called. Only public unicast ones may: private, link-local, metadata, loopback,
 * shared, multicast, reserved and tunnelled ones may not, also when written as IPv4 inside IPv6. `allowCidrs` makes
 * exceptions. Throws on a CIDR that cannot be read. Source: decisions.md, "Callback schedule", "Addresses".
 */
export function createAddressRule(allowCidrs: readonly string[]): (address: string) => boolean {
  const allowed = allowCidrs.map((cidr) => ipaddr.parseCIDR(cidr.trim()));
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return allowed.some(([net, bits]) => isWithin(address, net, bits)) || isPublic(address);
  };
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

function isWithin(address: Address, net: Address, bits: number): boolean {
  return address.kind() === net.kind() && address.match(net, bits);
}

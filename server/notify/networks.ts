import { BlockList, isIP } from 'node:net';

/** Networks that are nobody's to reach from outside: IANA's registries of special-purpose addresses. */
const special = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];
const loopback = ['127.0.0.0/8', '::1/128'];

/** Which addresses other systems may be told at. */
export interface Reach {
  isLoopback(address: string): boolean;
  /** `address`: IPv4 or IPv6, as numbers. */
  mayReach(address: string): boolean;
}

/**
 * Public addresses and this machine's own; `networks` (as in `10.1.0.0/16`) are closed ones that an
 * installation opens.
 */
export function reach(networks: readonly string[]): Reach {
  const [closed, own, opened] = [special, loopback, networks].map(blockList);
  const isIn = (list: BlockList | undefined, address: string) => {
    const plain = unmapped(address);
    return list?.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4') ?? false;
  };
  return {
    isLoopback: (address) => isIn(own, address),
    mayReach: (address) =>
      isIP(address) !== 0 &&
      (!isIn(closed, address) || isIn(own, address) || isIn(opened, address)),
  };
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** An IPv4 address that is written as IPv6 (RFC 4291 §2.5.5.2) is that IPv4 address. */
function unmapped(address: string): string {
  const tail = /^::ffff:(?<v4>[\d.]+)$/i.exec(address)?.groups?.v4;
  if (tail !== undefined) return tail;
  const hex = /^::ffff:(?<high>[\da-f]{1,4}):(?<low>[\da-f]{1,4})$/i.exec(address)?.groups;
  if (!hex) return address;
  const [high, low] = [hex.high, hex.low].map((part) => Number.parseInt(part ?? '0', 16));
  return [high, low].flatMap((part = 0) => [part >> 8, part & 255]).join('.');
}

/* SPDX-License-Identifier: Apache-2.0 */
/* IP addresses of either kind as 128 bits, and ranges of them. */
#ifndef UNSPOOF_BASE_NET_IP_RANGE_H
#define UNSPOOF_BASE_NET_IP_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define IP_BYTES 16

/* Network byte order; IPv4 as RFC 4291 section 2.5.5.2 maps it, ::ffff:a.b.c.d. */
struct ip_address {
	uint8_t bytes[IP_BYTES];
};

struct ip_range {
	struct ip_address first;
	unsigned bits;             /* of it that count, 0 to 128 */
};

#define IP_V4_AT 12            /* where an IPv4 address begins in 16 bytes */
#define IP_OCTET_BITS (8 * IP_V4_AT + 8)   /* with its first octet */

/* Whether an address is of IPv4, and the first of it that begins with an octet. */
bool ip_is_v4(const struct ip_address *address);
struct ip_address ip_v4(uint8_t octet);

/* Reads an address as dumps write it: IPv4 or IPv6, also with a port (192.0.2.1:5060,
 * [2001:db8::1]:5060) or a zone (fe80::1%eth0). False: it is none. */
bool ip_address_read(struct text text, struct ip_address *address);
/* Reads ADDRESS/BITS; false: it is none. */
bool ip_range_read(struct text text, struct ip_range *range);
bool ip_range_has(const struct ip_range *range, const struct ip_address *address);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* IP addresses read, and ranges. */
#include "base/net/ip_range.h"

#include <arpa/inet.h>
#include <string.h>

#define IPV4_BITS 32
#define PORT_MOST 65535

/* A view of the text up to a character, and the rest behind it; false: it is not there. */
static bool split(struct text text, char at, struct text *before, struct text *after)
{
	const char *place = text.len ? memchr(text.data, at, text.len) : NULL;

	if (!place)
		return false;
	*before = (struct text){ text.data, (size_t)(place - text.data) };
	*after = (struct text){ place + 1, text.len - before->len - 1 };
	return true;
}

static bool is_port(struct text text)
{
	uint64_t port;

	return text_to_u64(text, &port) && port <= PORT_MOST;
}

/* Four decimals; inet_pton() refuses zeros in front, which dumps have. */
static bool read_four(struct text text, uint8_t bytes[static 4])
{
	for (unsigned i = 0; i < 4; i++) {
		struct text part = text;
		uint64_t value;

		if (i < 3 && !split(text, '.', &part, &text))
			return false;
		if (part.len > 3 || !text_to_u64(part, &value) || value > UINT8_MAX)
			return false;
		bytes[i] = (uint8_t)value;
	}
	return true;
}

struct ip_address ip_v4(uint8_t octet)
{
	struct ip_address address = { { 0 } };

	address.bytes[IP_V4_AT - 2] = address.bytes[IP_V4_AT - 1] = 0xff;
	address.bytes[IP_V4_AT] = octet;
	return address;
}

bool ip_is_v4(const struct ip_address *address)
{
	const struct ip_address zero = ip_v4(0);

	return !memcmp(address->bytes, zero.bytes, IP_V4_AT);
}

static bool read_ipv4(struct text text, struct ip_address *address)
{
	*address = ip_v4(0);
	return read_four(text, address->bytes + IP_V4_AT);
}

static bool read_ipv6(struct text text, struct ip_address *address)
{
	char copy[INET6_ADDRSTRLEN];
	struct in6_addr in;

	if (text.len >= sizeof(copy) || (text.len && memchr(text.data, '\0', text.len)))
		return false;
	memcpy(copy, text.len ? text.data : "", text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET6, copy, &in) != 1)
		return false;
	memcpy(address->bytes, &in, sizeof(address->bytes));
	return true;
}

bool ip_address_read(struct text text, struct ip_address *address)
{
	struct text rest, before;

	text = text_trim(text);
	if (text.len && text.data[0] == '[') {
		if (!split((struct text){ text.data + 1, text.len - 1 }, ']', &text, &rest))
			return false;
		if (rest.len && (rest.data[0] != ':' || !is_port((struct text){ rest.data + 1, rest.len - 1 })))
			return false;
	} else if (split(text, ':', &before, &rest) && is_port(rest) && read_ipv4(before, address)) {
		return true;
	}
	if (split(text, '%', &before, &rest))
		text = before;
	return read_ipv4(text, address) || read_ipv6(text, address);
}

bool ip_range_read(struct text text, struct ip_range *range)
{
	struct text first, bits;
	uint64_t count;

	if (!split(text, '/', &first, &bits) || !text_to_u64(bits, &count) || count > 8 * IP_BYTES)
		return false;
	if (!memchr(first.data, ':', first.len)) {
		range->bits = (unsigned)count + 8 * IP_V4_AT;
		return count <= IPV4_BITS && read_ipv4(first, &range->first);
	}
	range->bits = (unsigned)count;
	return read_ipv6(first, &range->first);
}

bool ip_range_has(const struct ip_range *range, const struct ip_address *address)
{
	const unsigned whole = range->bits / 8, rest = range->bits % 8;

	if (memcmp(range->first.bytes, address->bytes, whole) != 0)
		return false;
	return rest == 0 || (range->first.bytes[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}

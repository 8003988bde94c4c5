/* SPDX-License-Identifier: Apache-2.0 */
/* The hash that a source was seized with. */
#include "cmd/custody/expected.h"

#include <string.h>

static bool is_hash(const char *given)
{
	return strlen(given) == DIGEST_HEX - 1 && strspn(given, "0123456789abcdefABCDEF") == DIGEST_HEX - 1;
}

bool expected_take(const struct invocation *inv, const char *given, int sources,
		   char hex[static DIGEST_HEX], enum status *status)
{
	char shown[80];

	hex[0] = '\0';
	if (!given)
		return true;
	*status = STATUS_OK;
	if (!is_hash(given))
		*status = command_usage(inv, "--expect-sha256 takes 64 digits, as sha256sum prints them, not '%s'",
					text_escape(text_of(given), shown, sizeof(shown)));
	else if (sources != 1)
		*status = command_usage(inv, "--expect-sha256 is the hash of one SOURCE: ingest each by itself");
	if (*status != STATUS_OK)
		return false;
	for (size_t i = 0; i < DIGEST_HEX; i++)
		hex[i] = given[i] >= 'A' && given[i] <= 'F' ? (char)(given[i] - 'A' + 'a') : given[i];
	return true;
}

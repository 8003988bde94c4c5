/* SPDX-License-Identifier: Apache-2.0 */
/* Forms of numbers. What stands around digits is told from them by what is a digit and what is not, but for a few things
 * that number_form() leaves to number_read(). */
#include "number/read/number_form.h"

#include <string.h>

#include "number/read/number_several.h"
#include "number/read/number_text.h"
#include "number/read/number_unwrap.h"

/* Whether a text is digits and what may stand between them, and would be read without a look at which digits they are. A
 * full stop may be that of a float or of an address. */
static bool is_plain(const char *text, size_t len, unsigned digits, bool *plus, bool *alone)
{
	struct number_text plain;

	if (len == 0 || memchr(text, '.', len) || !number_text_plain(text, len, &plain) || plain.len != digits)
		return false;
	*plus = plain.plus;
	*alone = plain.alone;
	return true;
}

/* Behind a percent sign digits may be those of an escape, and a phone-context comes to stand before the number. Any other
 * wrapper whose own name has digits (iax2, h323) has them outside of what is left. */
bool number_form(const char *text, size_t len, unsigned digits, bool *plus, bool *alone)
{
	struct unwrapped unwrapped;

	*plus = *alone = false;
	if (digits < 3 || digits > NUMBER_FORM_DIGITS || len > NUMBER_TEXT_MAX)
		return false;
	/* May be two numbers, by which digits they are. */
	if (digits >= NUMBER_SEVERAL_DIGITS && len > digits)
		return false;
	if (is_plain(text, len, digits, plus, alone))
		return true;
	if (memchr(text, '%', len))
		return false;
	number_unwrap(text, len, &unwrapped);
	return !unwrapped.context && is_plain(unwrapped.text.data, unwrapped.text.len, digits, plus, alone);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Error texts. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

enum status error_set(struct error *error, enum status status,
		      const char *format, ...)
{
	va_list arguments;

	error->status = status;
	va_start(arguments, format);
	(void)vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	return status;
}

enum status error_memory(struct error *error)
{
	return error_set(error, STATUS_FAILED, "out of memory");
}

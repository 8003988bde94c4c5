/* SPDX-License-Identifier: Apache-2.0 */
/* Passing notices and progress to the caller. */
#include "base/observer.h"

#include <stdarg.h>
#include <stdio.h>

void observer_notice(const struct observer *observer, const char *format, ...)
{
	char line[2000];
	va_list arguments;

	if (!observer || !observer->notice)
		return;
	va_start(arguments, format);
	(void)vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	observer->notice(observer->context, line);
}

void observer_progress(const struct observer *observer,
		       const struct progress *progress)
{
	if (observer && observer->progress)
		observer->progress(observer->context, progress);
}

bool observer_interrupted(const struct observer *observer)
{
	return observer && observer->interrupted &&
	       observer->interrupted(observer->context);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* model SEED PERSONS: writes the dumps of a service that the seed draws into the current
 * folder, and the figures that must come of them (NAME.expected). Shares no code with the
 * program; the rules are those of the manual. */
#include <stdlib.h>

#include "model.h"

int main(int argc, char **argv)
{
	static struct service service;
	if (argc != 3) {
		fputs("usage: model SEED PERSONS\n", stderr);
		return 2;
	}
	service.options.seed = strtoull(argv[1], NULL, 10);
	service.options.persons = (int)strtol(argv[2], NULL, 10);
	if (service.options.persons < 1 || service.options.persons > PERSONS_MOST) {
		fputs("model: PERSONS is from 1 to 1000\n", stderr);
		return 2;
	}
	service_draw(&service);
	values_find(&service);
	service_dump(&service);
	tables_expect(&service);
	free(service.payments);
	free(service.calls);
	free(service.reports);
	return 0;
}

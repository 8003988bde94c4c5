/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, and whom long calls tie them to. */
#ifndef UNSPOOF_CORRELATE_FINDING_H
#define UNSPOOF_CORRELATE_FINDING_H

#include "base/status.h"
#include "correlate/sorter.h"

struct correlation;

/* Once the calls are gathered: on several threads, all victims into a sorter, of
 * struct victim, as one run; and how many each account, person and presentation
 * has. The contacts are gone then. */
enum status victims_find(struct correlation *c, struct sorter *victims);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, and whom long calls tie them to. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_FIND_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_FIND_H

#include "base/sort/sorter.h"
#include "base/status.h"

struct correlation;

/* Once the calls are gathered: on several threads, all victims into a sorter, of
 * struct victim, as one run; and how many each account, person and presentation
 * has. The long calls are gone then. */
enum status victim_find_run(struct correlation *c, struct sorter *victims);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Table setting: what the conclusions were drawn with. */
#ifndef UNSPOOF_CORRELATE_SETTINGS_H
#define UNSPOOF_CORRELATE_SETTINGS_H

#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"

/* Writes the settings that results depend on; exponent: of the currency. */
enum status settings_write(struct casefile *casefile,
			   const struct correlate_settings *settings,
			   unsigned exponent);

#endif

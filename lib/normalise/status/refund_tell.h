/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of payments whose sign and status do not go together. */
#ifndef UNSPOOF_NORMALISE_STATUS_REFUND_TELL_H
#define UNSPOOF_NORMALISE_STATUS_REFUND_TELL_H

#include "normalise/notes.h"

/* Says, a remark a status, topic `refund`: which amounts below zero nothing calls refunds, and
 * which payments went back; both are not counted. */
enum status refund_tell(struct notes *notes, const struct source_sense *source);

#endif

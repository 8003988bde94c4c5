/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that no evidence was made for: what hash tables are keyed with. */
#ifndef UNSPOOF_BASE_TABLE_SECRET_H
#define UNSPOOF_BASE_TABLE_SECRET_H

#include <stdint.h>

/* Of this process. No result may depend on it: tables give what they hold in an
 * order of their own, or one by one. */
struct secret {
	uint64_t text[2];       /* the key of hash_bytes() */
	uint64_t add;           /* of hash_u64() */
	uint64_t times;         /* the same; odd */
	uint64_t second;        /* of hash_pair(); odd */
};

/* Drawn from the system when it is first asked for, on any thread. NULL: the
 * system gives no random numbers, now or later; what wants some fails. */
const struct secret *secret_get(void);

#endif

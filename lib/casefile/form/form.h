/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts as a form and digits: `"HMRC" <03002003300>` is the form
 * `"HMRC" <###########>` and the integer 3002003300. */
#ifndef UNSPOOF_CASEFILE_FORM_FORM_H
#define UNSPOOF_CASEFILE_FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/form/formcache.h"

#define FORM_NULL (-1)     /* SQL's NULL: the field is there and has no value */
#define FORM_FAILED (-2)   /* none of these: there was no memory to find out */
#define FORM_ABSENT 0      /* the row has no such field */
#define FORM_HEAP 1        /* the text lies in the segment's heap */
#define FORM_FIRST 2       /* the id of the first mask */
#define FORM_MOST 60000    /* masks in a case */
#define FORM_ROLE_MOST 4096 /* masks one role may add since forms_load */
#define FORM_DIGITS 18     /* more digits go to the heap */
#define FORM_LENGTH 200    /* longer texts go to the heap, in bytes */

#define FORM_ROLES 16       /* roles are below it */

/* The masks of a case; form id = FORM_FIRST + dictionary number. In a mask #
 * stands for a digit; a # or \ of the text itself has a \ before it. */
struct forms {
	struct dictionary masks;
	size_t stored;              /* how many are in the case file */
	uint32_t added[FORM_ROLES]; /* by role, since forms_load */
	struct formcache *cache;    /* of forms met; NULL: none yet */
};

void forms_release(struct forms *forms);
/* Reads the masks of a case; forgets all others. */
enum status forms_load(struct forms *forms, struct casefile *casefile);
/* Writes those not stored yet. Inside a transaction. */
enum status forms_store(struct forms *forms, struct casefile *casefile);

/* A field that is SQL's NULL. Whoever does not ask takes it for an empty text. */
extern const char form_null_bytes[FORMCACHE_READ];

static inline struct text form_null(void)
{
	return (struct text){ form_null_bytes, 0 };
}

static inline bool form_is_null(struct text field)
{
	return field.data == form_null_bytes;
}

/* Codes a text of a role (below 16): its form and the integer of its digits.
 * FORM_HEAP: the text has no form, value is not set. FORM_FAILED: no memory. */
int64_t forms_code(struct forms *forms, unsigned role, struct text text,
		   int64_t *value);
/* The same with a cache of the caller's in place of that of the forms. */
int64_t forms_code_with(struct forms *forms, struct formcache *cache, unsigned role,
			struct text text, int64_t *value);

/* The same of the masks that there are, and for any role: the form of a text, or FORM_HEAP where it has
 * none of them, and value is of no meaning. */
int64_t forms_find(const struct forms *forms, struct text text, int64_t *value);
/* Whether a mask is as forms_code() writes it: only then no other gives the same texts. */
bool form_mask_is_plain(struct text mask);
/* Whether a text is of a mask, and the integer of its digits. */
bool form_mask_fits(struct text mask, struct text text, int64_t *value);

/* Masks from number `from` on, for forms_adopt(). */
void forms_news(const struct forms *forms, size_t from, struct buf *out);
/* Adds masks that were new elsewhere, in their order, and takes over how many
 * each of FORM_ROLES roles added. False: no memory. */
bool forms_adopt(struct forms *forms, struct text news, const uint32_t *added);
/* Makes one with the same masks, of which none is to be stored; to is empty or
 * of no use before. False: no memory; release it all the same. */
bool forms_copy(struct forms *to, const struct forms *from);

/* How many masks each role added, as numbers with a blank between. A load that
 * goes on with the masks stored and this state codes as if it had not stopped. */
void forms_state(const struct forms *forms, struct buf *out);
/* Sets that state; false when the text is none. */
bool forms_restore(struct forms *forms, struct text state);

/* Gives the text back, that of NULL being empty; false when form or value are not
 * of this case. */
bool forms_text(const struct forms *forms, int64_t form, int64_t value,
		struct buf *out);

/* Which values forms_text() gives back of each form, for whoever asks of many and wants no
 * text. Zeroed is empty. */
struct form_limits {
	uint64_t *below;        /* of form f, at f - FORM_NULL: a value is good below it */
	size_t count;
};

/* Of FORM_HEAP no value is good, of FORM_ABSENT all but -1 are. False: no memory. */
bool form_limits_open(struct form_limits *limits, const struct forms *forms);
void form_limits_release(struct form_limits *limits);

/* Of masks and NULL no negative value is good. */
static inline bool form_limits_allow(const struct form_limits *limits, int64_t form, int64_t value)
{
	const uint64_t at = (uint64_t)form - (uint64_t)FORM_NULL;

	return at < limits->count && (uint64_t)value < limits->below[at];
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The name of the user that runs the program. */
#ifndef UNSPOOF_CMD_CUSTODY_LOGIN_H
#define UNSPOOF_CMD_CUSTODY_LOGIN_H

#include <stddef.h>

/* The login name of the effective user, safe for a terminal and cut to size; "uid N" where none is known. */
void login_name(char *out, size_t size);

#endif

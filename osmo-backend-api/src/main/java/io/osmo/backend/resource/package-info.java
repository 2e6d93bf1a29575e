// SPDX-License-Identifier: Apache-2.0
/** Names and values of single resources that plans, events, errors and providers share. Depends on no other package of this library. */
@NullMarked
package io.osmo.backend.resource;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** What changes by the calendar: data with source and date, read from resources of this package's name. */
@NullMarked
package io.osmo.backend.verify.internal.data;

import org.jspecify.annotations.NullMarked;

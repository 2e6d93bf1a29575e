// SPDX-License-Identifier: Apache-2.0
/** Text from outside the library. */
@NullMarked
package io.osmo.backend.verify.internal.text;

import org.jspecify.annotations.NullMarked;

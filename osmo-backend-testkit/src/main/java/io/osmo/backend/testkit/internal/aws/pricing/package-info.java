// SPDX-License-Identifier: Apache-2.0
/** The Price List. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.pricing;

import org.jspecify.annotations.NullMarked;

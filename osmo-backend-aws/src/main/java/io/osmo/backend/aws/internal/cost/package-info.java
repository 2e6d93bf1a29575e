// SPDX-License-Identifier: Apache-2.0
/** What a backend on AWS costs, by the Price List. */
@NullMarked
package io.osmo.backend.aws.internal.cost;

import org.jspecify.annotations.NullMarked;

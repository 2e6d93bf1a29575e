// SPDX-License-Identifier: Apache-2.0
/** Charts in the clusters of all providers. */
@NullMarked
package io.osmo.backend.tests.charts;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The Cloud Billing Catalog. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.billing;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** What a backend on Google Cloud costs, by the Cloud Billing Catalog. */
@NullMarked
package io.osmo.backend.gcp.internal.cost;

import org.jspecify.annotations.NullMarked;

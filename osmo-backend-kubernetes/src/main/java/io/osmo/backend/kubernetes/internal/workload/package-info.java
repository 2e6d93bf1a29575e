// SPDX-License-Identifier: Apache-2.0
/** What workloads have made through the cluster's controllers and what must go before the cluster goes. */
@NullMarked
package io.osmo.backend.kubernetes.internal.workload;

import org.jspecify.annotations.NullMarked;

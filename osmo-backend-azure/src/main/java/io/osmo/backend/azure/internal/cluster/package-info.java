// SPDX-License-Identifier: Apache-2.0
/** The AKS cluster with its system pool. */
@NullMarked
package io.osmo.backend.azure.internal.cluster;

import org.jspecify.annotations.NullMarked;

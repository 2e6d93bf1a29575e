// SPDX-License-Identifier: Apache-2.0
/** What a region offers: versions of Kubernetes and VM sizes. */
@NullMarked
package io.osmo.backend.azure.internal.catalog;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The way to the Kubernetes API of a cluster. */
@NullMarked
package io.osmo.backend.azure.internal.access;

import org.jspecify.annotations.NullMarked;

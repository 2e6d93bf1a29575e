// SPDX-License-Identifier: Apache-2.0
/** Reads kubeconfigs: checks them, and obtains the credential that a context names. */
@NullMarked
package io.osmo.backend.kubernetes.internal.kubeconfig;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Kubeconfigs that are made for hosts. */
@NullMarked
package io.osmo.backend.internal.kubeconfig;

import org.jspecify.annotations.NullMarked;

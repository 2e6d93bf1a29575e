// SPDX-License-Identifier: Apache-2.0
/** Backends on any cluster that a kubeconfig reaches, whoever made it: what is in the cluster is managed, the cluster is not. */
@NullMarked
package io.osmo.backend.kubernetes.existing;

import org.jspecify.annotations.NullMarked;

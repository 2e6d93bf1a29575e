// SPDX-License-Identifier: Apache-2.0
/** Cluster Autoscaler, as Kubernetes objects. */
@NullMarked
package io.osmo.backend.aws.internal.autoscaler;

import org.jspecify.annotations.NullMarked;

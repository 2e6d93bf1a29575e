// SPDX-License-Identifier: Apache-2.0
/** Rules by which OSMO, Kubernetes and registries decide, such as which taints keep a task away and what a node has left. */
@NullMarked
package io.osmo.backend.verify.internal.rules;

import org.jspecify.annotations.NullMarked;

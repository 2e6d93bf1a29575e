// SPDX-License-Identifier: Apache-2.0
/** The cluster side and verification against a real kube-apiserver. */
@NullMarked
package io.osmo.backend.tests.kube;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** What runs in the child process: Helm as a native library, and nothing of the host. */
@NullMarked
package io.osmo.backend.helm.internal.child;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The description of a backend: the immutable {@link io.osmo.backend.spec.BackendSpec} and its parts. */
@NullMarked
package io.osmo.backend.spec;

import org.jspecify.annotations.NullMarked;

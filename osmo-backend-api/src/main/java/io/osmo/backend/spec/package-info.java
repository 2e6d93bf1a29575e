// SPDX-License-Identifier: Apache-2.0
/** What is wanted: the immutable {@link io.osmo.backend.spec.BackendSpec} and its parts. */
@NullMarked
package io.osmo.backend.spec;

import org.jspecify.annotations.NullMarked;

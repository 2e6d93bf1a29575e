// SPDX-License-Identifier: Apache-2.0
/** What is known of single charts: which values make their hooks needless. */
@NullMarked
package io.osmo.backend.helm.internal.profile;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The GKE provider on the emulated project of Google Cloud. */
@NullMarked
package io.osmo.backend.tests.gcp;

import org.jspecify.annotations.NullMarked;

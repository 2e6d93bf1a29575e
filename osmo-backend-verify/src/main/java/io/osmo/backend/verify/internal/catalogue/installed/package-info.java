// SPDX-License-Identifier: Apache-2.0
/** What checks of several concerns ask about OSMO's operator and KAI once they are installed. */
@NullMarked
package io.osmo.backend.verify.internal.catalogue.installed;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Whether image registries accept the credentials of a spec. */
@NullMarked
package io.osmo.backend.internal.registry;

import org.jspecify.annotations.NullMarked;

/** Microsoft.Network. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.network;

import org.jspecify.annotations.NullMarked;

/** Microsoft.Compute: sizes of virtual machines, scale sets, disks and their encryption, capacity reservations. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.compute;

import org.jspecify.annotations.NullMarked;

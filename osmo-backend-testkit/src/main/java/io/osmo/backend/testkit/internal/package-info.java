/** What the emulators of all clouds are made of. */
@NullMarked
package io.osmo.backend.testkit.internal;

import org.jspecify.annotations.NullMarked;

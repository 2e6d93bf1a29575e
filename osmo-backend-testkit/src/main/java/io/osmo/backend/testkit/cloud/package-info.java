/** What all emulated clouds have in common. */
@NullMarked
package io.osmo.backend.testkit.cloud;

import org.jspecify.annotations.NullMarked;

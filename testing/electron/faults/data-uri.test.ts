import { dataUriCases } from './data-uri-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('images inside the request that do not arrive', dataUriCases)
